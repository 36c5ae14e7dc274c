//! Device models. More of them than id and name is not documented: read them
//! [`of`](super::List::of) [`Json`](crate::api::Json) for the rest.

use super::declare::call;
use crate::api::Model;

call! {
    /// Lists device models.
    fn get_models() -> list Model;
    route GET_MODELS, read;
    options GetModels {
        /// Only models with this in their names.
        query search: &'a str,
        /// Only models whose devices are behind an edge.
        query edge_only: bool,
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one device model.
    fn get_model(path id: &str) -> one Model;
    route GET_MODEL, read;
}
