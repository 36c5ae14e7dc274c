//! What the functions of a plugin look like.

use syn::{Error, FnArg, Result, ReturnType, Signature, Type};

/// What a function is, and its form in a sentence.
pub(crate) struct Form {
    /// `tool`, as in "a tool is not async".
    pub(crate) noun: &'static str,
    pub(crate) sentence: &'static str,
}

/// What a function takes after `cx`, and what it returns.
pub(crate) struct Shape<'a> {
    pub(crate) parameters: Vec<&'a FnArg>,
    pub(crate) returns: &'a Type,
}

impl Form {
    /// Reads a function that takes `cx: &Cx` first.
    pub(crate) fn read<'a>(&self, signature: &'a Signature) -> Result<Shape<'a>> {
        let Form { noun, sentence } = self;
        if let Some(asyncness) = &signature.asyncness {
            let not_async = format!("a {noun} is not async: the host waits outside of the sandbox");
            return Err(Error::new_spanned(asyncness, not_async));
        }
        if !signature.generics.params.is_empty() {
            return Err(Error::new_spanned(
                &signature.generics,
                format!("a {noun} has no generic parameters"),
            ));
        }
        let ReturnType::Type(_, returns) = &signature.output else {
            return Err(Error::new_spanned(&signature.ident, sentence));
        };
        let mut inputs = signature.inputs.iter();
        match inputs.next() {
            None => return Err(Error::new_spanned(&signature.ident, sentence)),
            Some(FnArg::Receiver(receiver)) => {
                let no_self = format!("a {noun} has no `self`: every call runs in a fresh instance");
                return Err(Error::new_spanned(receiver, no_self));
            }
            Some(FnArg::Typed(cx)) if !matches!(&*cx.ty, Type::Reference(_)) => {
                return Err(Error::new_spanned(&cx.ty, sentence));
            }
            Some(FnArg::Typed(_)) => {}
        }
        Ok(Shape { parameters: inputs.collect(), returns })
    }

    /// An error that says how the function should look.
    pub(crate) fn error(&self, tokens: &impl quote::ToTokens) -> Error {
        Error::new_spanned(tokens, self.sentence)
    }
}
