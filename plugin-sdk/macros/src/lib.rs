//! The attribute macro of xyte-plugin-sdk.
