//! What all practice pages share.
