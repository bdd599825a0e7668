/** Tests of package h2learn.model.reference. */
@NullMarked
package h2learn.model.reference;

import org.jspecify.annotations.NullMarked;
