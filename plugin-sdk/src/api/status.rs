//! How devices are.

use super::words::words;

words! {
    /// What a device says of itself. Not to be mixed with [`EffectiveStatus`].
    Status {
        /// It reports, and all is well.
        Online = "online",
        /// It does not report, or says that it is off.
        Offline = "offline",
        /// It reports a failure.
        Error = "error",
        /// It cannot be reached by what reports for it.
        Unavailable = "unavailable",
    }
}

words! {
    /// How Xyte sees a device, as its pages show it. The first that holds, in this order: never seen, disconnected,
    /// error, warning, offline, ok.
    EffectiveStatus {
        /// All is well.
        Ok = "ok",
        /// An incident of low priority is open.
        Warning = "warning",
        /// A serious incident is open, or the device reports a failure.
        Error = "error",
        /// The device itself is off or unreachable.
        Offline = "offline",
        /// What connects it (a connector, an edge, a parent) is broken; of the device itself nothing is known.
        Disconnected = "disconnected",
        /// It has never reported.
        NeverSeen = "never_seen",
    }
}
