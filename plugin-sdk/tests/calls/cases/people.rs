//! Cases.

use xyte_plugin_sdk::calls;

use super::{Case, cases};
use crate::ID;

pub(super) fn cases() -> Vec<Case> {
    cases! {
        GET_ORGANIZATION_INFO: |cx| calls::get_organization_info(cx).send();
        GET_USERS: |cx| calls::get_users(cx).per_page(100).page(1);
        GET_USER: |cx| calls::get_user(cx, ID).send();
        CREATE_USER: |cx| calls::create_user(cx, "a@example.com", "A", &[ID]).send();
        DEACTIVATE_USER: |cx| calls::deactivate_user(cx, ID).send();
        RESEND_WELCOME_EMAIL: |cx| calls::resend_welcome_email(cx, ID).send();
        GET_GROUPS: |cx| calls::get_groups(cx).per_page(100).page(1);
        GET_GROUP: |cx| calls::get_group(cx, ID).send();
        CREATE_GROUP: |cx| calls::create_group(cx, "Night").user_ids(&[ID.to_owned()]).send();
        UPDATE_GROUP: |cx| calls::update_group(cx, ID, "Day").send();
        DELETE_GROUP: |cx| calls::delete_group(cx, ID).send();
        ADD_USERS_TO_GROUP: |cx| calls::add_users_to_group(cx, ID, &[ID]).send();
        REMOVE_USERS_FROM_GROUP: |cx| calls::remove_users_from_group(cx, ID, &[ID]).send();
        ADD_EXTERNAL_USER_TO_GROUP: |cx| calls::add_external_user_to_group(cx, ID, "a@example.com").send();
    }
}
