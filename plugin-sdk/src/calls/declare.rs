//! The one form that all calls have.

/// Declares the call of one route: its arguments, what it answers and, if it has any, its options.
///
/// Before an argument stands where it goes, which is the name of a method of [`Draft`](super::draft::Draft). Before
/// the answer stands how it is read: `one` object, the `rows` of a list without pages, a `list` of pages, the
/// `first` of what may be rows, or `done` where there is nothing to rely on.
///
/// The effect is the catalogue's, which a test compares.
macro_rules! call {
    (
        $(#[doc = $doc:literal])*
        fn $name:ident($($place:ident $argument:ident: $argument_type:ty),*) -> done;
        $($rest:tt)+
    ) => {
        $crate::calls::declare::call! {
            $(#[doc = $doc])*
            fn $name($($place $argument: $argument_type),*) -> done $crate::calls::Done;
            $($rest)+
        }
    };
    (
        $(#[doc = $doc:literal])*
        fn $name:ident($($place:ident $argument:ident: $argument_type:ty),*) -> $form:ident $answer:ty;
        route $($route:ident)::+, $effect:ident;
        $(options $options:ident {
            $($(#[doc = $option_doc:literal])* $option_place:ident $option:ident: $option_type:ty,)+
        })?
    ) => {
        $(#[doc = $doc])*
        #[doc = concat!(
            "\n\nRoute [`", stringify!($($route)::+), "`](crate::routes::", stringify!($($route)::+), "), which ",
            $crate::calls::declare::effect!($effect), "."
        )]
        pub fn $name<'cx>(
            cx: &'cx $crate::Cx,
            $($argument: $argument_type,)*
        ) -> $crate::calls::declare::answer!($form, $answer, ($($options)?)) {
            let draft = $crate::calls::draft::Draft::new(cx, &$crate::routes::$($route)::+);
            $(let draft = draft.$place(stringify!($argument), $argument);)*
            $crate::calls::declare::begin!($form, draft)
        }

        $(
            #[doc = concat!("The options of [`", stringify!($name), "`].")]
            #[derive(Debug)]
            pub enum $options {}

            #[allow(clippy::extra_unused_lifetimes, reason = "not every option borrows its value")]
            impl<'cx> $crate::calls::declare::answer!($form, $answer, ($options)) {
                $($crate::calls::declare::option! {
                    $(#[doc = $option_doc])* $option_place $option: $option_type
                })+
            }
        )?
    };
}

/// What a call returns.
macro_rules! answer {
    (list, $answer:ty, ($($options:ty)?)) => { $crate::calls::List<'cx, $answer $(, $options)?> };
    (rows, $answer:ty, ($($options:ty)?)) => { $crate::calls::Call<'cx, $crate::Rows<$answer> $(, $options)?> };
    ($form:ident, $answer:ty, ($($options:ty)?)) => { $crate::calls::Call<'cx, $answer $(, $options)?> };
}

/// The call of a draft.
macro_rules! begin {
    (list, $draft:ident) => {
        $crate::calls::List::new($draft)
    };
    (rows, $draft:ident) => {
        $crate::calls::Call::new($draft, $crate::Response::rows)
    };
    (done, $draft:ident) => {
        $crate::calls::Call::new($draft, $crate::calls::Done::read)
    };
    (one, $draft:ident) => {
        $crate::calls::Call::new($draft, $crate::Response::json)
    };
    (first, $draft:ident) => {
        $crate::calls::Call::new($draft, $crate::calls::first::first)
    };
}

/// A method that sets an option. Texts, flags, numbers and words may be left out by giving none; what a body takes
/// as `json` by giving what is written as null. What is borrowed is borrowed for `'a`.
macro_rules! option {
    ($(#[doc = $doc:literal])* json $option:ident: $type:ty) => {
        $(#[doc = $doc])*
        pub fn $option(self, value: $type) -> Self {
            self.map(|draft| draft.body(stringify!($option), value))
        }
    };
    ($(#[doc = $doc:literal])* each $option:ident: $type:ty) => {
        $(#[doc = $doc])*
        pub fn $option(self, values: $type) -> Self {
            self.map(|draft| draft.each(stringify!($option), values))
        }
    };
    ($(#[doc = $doc:literal])* unmasked $option:ident: $type:ty) => {
        $(#[doc = $doc])*
        pub fn $option(self, value: $type) -> Self {
            self.map(|draft| draft.unmasked(stringify!($option), value))
        }
    };
    ($(#[doc = $doc:literal])* $place:ident $option:ident: $type:ty) => {
        $(#[doc = $doc])*
        pub fn $option<'a>(self, value: impl Into<Option<$type>>) -> Self {
            match value.into() {
                Some(value) => self.map(|draft| draft.$place(stringify!($option), value)),
                None => self,
            }
        }
    };
}

/// What an effect of the catalogue means.
macro_rules! effect {
    (read) => {
        "changes nothing"
    };
    (write) => {
        "adds or changes something that can be changed back"
    };
    (destructive) => {
        "removes something, or makes a change that the API cannot take back"
    };
    (privileged) => {
        "reaches beyond records: a device or an edge acts, a person is written to or gets access"
    };
}

pub(super) use {answer, begin, call, effect, option};
