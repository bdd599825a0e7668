package h2learn.hdl;
import java.lang.annotation.*;
/** Field which must not give its name to the hardware it refers to. */
@Retention(RetentionPolicy.RUNTIME) @Target(ElementType.FIELD) public @interface NoName {}
