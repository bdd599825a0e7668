/** Tests of package h2learn.config. */
@NullMarked
package h2learn.config;

import org.jspecify.annotations.NullMarked;
