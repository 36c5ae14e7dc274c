//! The functions under an attribute.

use syn::{Attribute, ImplItemFn};

/// Takes the attribute of that name off the function, if it has it.
pub(crate) fn take_attribute(function: &mut ImplItemFn, name: &str) -> Option<Attribute> {
    let at = function.attrs.iter().position(|attribute| attribute.path().is_ident(name))?;
    let attribute = function.attrs.remove(at);
    function.attrs.push(syn::parse_quote! {
        #[allow(clippy::needless_pass_by_value, reason = "a plugin's function owns what it is called with")]
    });
    Some(attribute)
}
