package h2learn.hdl;
/** Plain Java group of hardware inside one module; its fields are named fieldOfModule_fieldOfArea. */
public interface Area {}
