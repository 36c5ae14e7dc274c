//! Assets.

mod label;

use super::declare::call;
use crate::api::{Asset, LabelCategory, Named, SpaceId};

pub use label::Label;

call! {
    /// Lists assets.
    fn get_assets() -> list Asset;
    route GET_ASSETS, read;
    options GetAssets {
        /// Only of this name.
        query name: &'a str,
        /// Only of this serial number.
        query serial_number: &'a str,
        /// Only in this space.
        query space_id: SpaceId,
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one asset.
    fn get_asset(path asset_id: &str) -> one Asset;
    route GET_ASSET, read;
}

call! {
    /// Creates an asset.
    fn create_asset(body name: &str) -> one Asset;
    route CREATE_ASSET, write;
    options CreateAsset {
        /// The serial number.
        body serial_number: &'a str,
        /// The space that it is in.
        body space_id: SpaceId,
        /// When it was bought.
        body purchased_at: &'a str,
        /// What there is to say of it.
        body comments: &'a str,
        /// The picture that stands for it.
        body icon_name: &'a str,
        /// Who made it.
        body manufacturer: Label<'a>,
        /// Which model it is.
        body device_model: Label<'a>,
        /// What it is.
        body device_type: Label<'a>,
        /// How it is.
        body status: Label<'a>,
    }
}

call! {
    /// Changes an asset.
    fn update_asset(path asset_id: &str) -> done;
    route UPDATE_ASSET, write;
    options UpdateAsset {
        /// What to call it.
        body name: &'a str,
        /// The serial number.
        body serial_number: &'a str,
        /// The space that it is in.
        body space_id: SpaceId,
        /// When it was bought.
        body purchased_at: &'a str,
        /// What there is to say of it.
        body comments: &'a str,
        /// The picture that stands for it.
        body icon_name: &'a str,
        /// Who made it.
        body manufacturer: Label<'a>,
        /// Which model it is.
        body device_model: Label<'a>,
        /// What it is.
        body device_type: Label<'a>,
        /// How it is.
        body status: Label<'a>,
    }
}

call! {
    /// Deletes an asset.
    fn delete_asset(path asset_id: &str) -> done;
    route DELETE_ASSET, destructive;
}

call! {
    /// Lists the labels of one category that assets may have.
    fn get_asset_labels(path category: &LabelCategory) -> rows Named;
    route GET_ASSET_LABELS, read;
}
