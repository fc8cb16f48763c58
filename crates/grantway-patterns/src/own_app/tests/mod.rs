mod draft;
mod form;
mod world;
