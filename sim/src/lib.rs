//! A simulated Xyte hub.
