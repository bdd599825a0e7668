package h2learn.hdl;
/** A binding object which wraps something that takes a name but is no Signal. */
interface Named { Object nameable(); }
