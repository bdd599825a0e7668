/** Plans run on the golden machine against the golden model. */
@NullMarked
package h2learn.host.plan;

import org.jspecify.annotations.NullMarked;
