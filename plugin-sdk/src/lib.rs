//! The guest side of the contract.
