/** Tests of package h2learn.host.driver. */
@NullMarked
package h2learn.host.driver;

import org.jspecify.annotations.NullMarked;
