package h2learn.hdl;
import java.util.*;
import java.util.stream.*;
/** A design error found by SpinalHDL, with the noise removed. */
public final class HdlError extends RuntimeException {
  HdlError(spinal.core.SpinalExit e) { super(clean(e.getMessage()), e); }
  private static String clean(String m) {
    return m.lines().filter(l -> !l.isBlank() && !l.startsWith("****") && !l.startsWith("Design's errors") && !l.startsWith("SpinalHDL compiler exit") && !l.contains("at h2learn.hdl.") && !l.contains("at spinal.") && !l.contains("at scala.")).collect(Collectors.joining("\n"));
  }
}
