/**
 * One file with all that an accelerator needs to train a network: commands, weights, samples, memory map and what must come
 * out (docs/13-driver.md has it byte by byte). May use host, host.plan and the golden model's packages.
 */
@NullMarked
package h2learn.host.image;

import org.jspecify.annotations.NullMarked;
