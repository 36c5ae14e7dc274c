//! Parameters that are values by name: the variables of a resource, the arguments of a prompt.

use syn::{FnArg, GenericArgument, Ident, ImplItemFn, Pat, PatType, PathArguments, Result, Type};

use crate::docs;
use crate::signature::Form;

pub(crate) struct Parameter {
    pub(crate) name: Ident,
    pub(crate) docs: Option<String>,
    /// What the value is read as.
    pub(crate) ty: Type,
    /// Whether it is an `Option` of that.
    pub(crate) is_optional: bool,
}

/// The parameters after `cx`, each of which has a name. Their doc comments are taken off: a function has none there.
pub(crate) fn take(function: &mut ImplItemFn, form: &Form) -> Result<Vec<Parameter>> {
    let read = form.read(&function.sig).and_then(|shape| {
        shape.parameters.into_iter().map(|parameter| parameter_of(parameter, form)).collect()
    });
    for input in &mut function.sig.inputs {
        if let FnArg::Typed(typed) = input {
            typed.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        }
    }
    read
}

fn parameter_of(input: &FnArg, form: &Form) -> Result<Parameter> {
    let FnArg::Typed(PatType { attrs, pat, ty, .. }) = input else { return Err(form.error(input)) };
    let Pat::Ident(name) = &**pat else { return Err(form.error(pat)) };
    let inner = inside_option(ty);
    Ok(Parameter {
        name: name.ident.clone(),
        docs: docs::text(attrs),
        is_optional: inner.is_some(),
        ty: inner.unwrap_or(ty).clone(),
    })
}

fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}
