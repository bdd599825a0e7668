/** The accelerator's parameters: one immutable record, its reader and its hash. May use number. */
@NullMarked
package h2learn.config;

import org.jspecify.annotations.NullMarked;
