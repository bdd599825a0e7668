package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.rtl.memory.Words;

/** Widths that the parts of the backward engine share. */
record BackwardShape(AcceleratorConfig config, MemoryMap map) {
    /** Points whose gradient lists are held at once. */
    static final int SLOTS = 4;

    static final int SLOT_BITS = 2;
    static final int QUEUE_DEPTH = 32;

    int lanes() {
        return config.lanes();
    }

    int laneBits() {
        return AcceleratorConfig.ceilLog2(lanes());
    }

    int backwardLanes() {
        return config.backward().lanes();
    }

    /** Channels of a word that one backward lane owns. */
    int owned() {
        return lanes() / backwardLanes();
    }

    int ownedBits() {
        return Math.max(1, AcceleratorConfig.ceilLog2(owned()));
    }

    int gradientBits() {
        return config.formats().gradientBits();
    }

    int traceBits() {
        return Words.addressBits(map.window(Scratchpad.SPIKE_GRADIENT).words());
    }

    int weightBlockBits() {
        return Words.addressBits(config.memories().weightBlocks());
    }

    int listBits() {
        return AcceleratorConfig.ceilLog2(MemoryMap.MAXIMUM_CHANNELS);
    }

    /** A list entry: value, output lane, weight block of the output block. */
    int entryBits() {
        return gradientBits() + laneBits() + weightBlockBits();
    }

    int accumulatorBits() {
        return config.formats().weightBits() + gradientBits() + listBits();
    }
}
