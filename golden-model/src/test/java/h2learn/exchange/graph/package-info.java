/** Tests of graphs, their import and export. */
@NullMarked
package h2learn.exchange.graph;

import org.jspecify.annotations.NullMarked;
