//! Daesa.
