//! What a tool's function looks like.

use syn::{Error, FnArg, Result, ReturnType, Signature, Type};

const FORM: &str = "a tool is `fn name(cx: &Cx, args: Args) -> Result<T, ToolError>`, with or without `args`";

/// The types that the expansion needs of a function.
pub(crate) struct ToolSignature {
    /// None: the tool takes no arguments.
    pub(crate) arguments: Option<Type>,
    pub(crate) returns: Type,
}

pub(crate) fn read(signature: &Signature) -> Result<ToolSignature> {
    if let Some(asyncness) = &signature.asyncness {
        return Err(Error::new_spanned(
            asyncness,
            "a tool is not async: the host waits outside of the sandbox",
        ));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "a tool has no generic parameters"));
    }
    let ReturnType::Type(_, returns) = &signature.output else {
        return Err(Error::new_spanned(&signature.ident, FORM));
    };
    let mut inputs = signature.inputs.iter().map(input_type);
    let (cx, arguments, surplus) = (inputs.next().transpose()?, inputs.next().transpose()?, inputs.next());
    match cx {
        None => return Err(Error::new_spanned(&signature.ident, FORM)),
        Some(cx) if !matches!(cx, Type::Reference(_)) => return Err(Error::new_spanned(cx, FORM)),
        Some(_) => {}
    }
    if surplus.is_some() {
        return Err(Error::new_spanned(&signature.inputs, FORM));
    }
    Ok(ToolSignature { arguments: arguments.cloned(), returns: (**returns).clone() })
}

fn input_type(input: &FnArg) -> Result<&Type> {
    match input {
        FnArg::Receiver(receiver) => {
            Err(Error::new_spanned(receiver, "a tool has no `self`: every call runs in a fresh instance"))
        }
        FnArg::Typed(typed) => Ok(&typed.ty),
    }
}
