/** Tests of cases and of their files. */
@NullMarked
package h2learn.cosim.cases;

import org.jspecify.annotations.NullMarked;
