//! What all attributes do with the `impl` block under them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Error, Ident, ImplItem, ImplItemFn, ItemImpl, Result, Type};

/// The block and what `make` adds to it. The block is kept even when something is wrong, and what others need of it is
/// there in an `empty` form, so that one mistake causes no errors in places that are right.
pub(crate) fn expand(
    attribute: &str,
    item: TokenStream,
    make: impl FnOnce(&mut ItemImpl) -> Result<TokenStream>,
    empty: impl FnOnce(&Ident) -> TokenStream,
) -> TokenStream {
    let span =
        item.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |token| token.span());
    let Ok(mut block) = syn::parse2::<ItemImpl>(item) else {
        let sentence = format!("#[{attribute}] belongs on an `impl` block of a unit struct");
        return Error::new(span, sentence).into_compile_error();
    };
    let made = make(&mut block).unwrap_or_else(|error| {
        let empty = own_type(&block).map(empty).unwrap_or_default();
        let error = error.into_compile_error();
        quote!(#error #empty)
    });
    quote!(#block #made)
}

/// Reads every function that `read` knows, and reports all that is wrong with them at once.
pub(crate) fn take<T>(
    block: &mut ItemImpl,
    mut read: impl FnMut(&mut ImplItemFn) -> Option<Result<T>>,
    same: impl Fn(&T, &T) -> Option<Error>,
) -> Result<Vec<T>> {
    let mut taken: Vec<T> = Vec::new();
    let mut errors: Option<Error> = None;
    let mut fail = |error: Error| match &mut errors {
        Some(errors) => errors.combine(error),
        None => errors = Some(error),
    };
    for item in &mut block.items {
        let ImplItem::Fn(function) = item else { continue };
        match read(function) {
            None => {}
            Some(Err(error)) => fail(error),
            Some(Ok(read)) => match taken.iter().find_map(|earlier| same(earlier, &read)) {
                Some(error) => fail(error),
                None => taken.push(read),
            },
        }
    }
    errors.map_or(Ok(taken), Err)
}

/// The type that the block is of.
pub(crate) fn own_type(block: &ItemImpl) -> Result<&Ident> {
    let wrong = |tokens: &dyn ToTokens| {
        Error::new_spanned(
            tokens.to_token_stream(),
            "a plugin is a unit struct of this module: `pub struct Hello;`, `impl Hello { … }`",
        )
    };
    if let Some((_, path, _)) = &block.trait_ {
        return Err(wrong(path));
    }
    if !block.generics.params.is_empty() {
        return Err(wrong(&block.generics));
    }
    match &*block.self_ty {
        Type::Path(path) => path.path.get_ident().ok_or_else(|| wrong(path)),
        other => Err(wrong(other)),
    }
}

/// The component's exports of one interface. A native build has none: their names mean nothing to a native linker.
pub(crate) fn export(plugin: &Ident, export_macro: &str, world: Option<&str>) -> TokenStream {
    let export_macro = Ident::new(export_macro, proc_macro2::Span::call_site());
    let world = world.map(|world| Ident::new(world, plugin.span())).into_iter();
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            ::xyte_plugin_sdk::bindings::#export_macro!(#plugin with_types_in ::xyte_plugin_sdk::bindings #(::#world)*);
        };
    }
}
