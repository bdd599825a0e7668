/** Tests of the page that holds everything. */
@NullMarked
package h2learn.cosim.report;

import org.jspecify.annotations.NullMarked;
