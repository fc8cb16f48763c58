//! A robot person who signs in through the real pages.
