/** What the tests of all file formats share. */
@NullMarked
package h2learn.exchange;

import org.jspecify.annotations.NullMarked;
