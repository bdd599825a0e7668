package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.rtl.memory.Words;

/** Widths that the parts of the backward engine share. */
record BackwardShape(AcceleratorConfig config, MemoryMap map) {
    /** Points of the layer below that are in flight at once. */
    static final int SLOTS = 4;

    static final int SLOT_BITS = 2;
    static final int QUEUE_DEPTH = 32;

    /** Width of a point's number: counts points of the output, modulo twice those that are held. */
    static final int NUMBER_BITS = 1 + AcceleratorConfig.ceilLog2(MemoryMap.LISTED_POINTS);

    /** Most taps of a point of the layer below. */
    static final int SEGMENTS = 64;

    static final int SEGMENT_BITS = 6;

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

    int pointBits() {
        return Words.addressBits(config.limits().points());
    }

    int weightBlockBits() {
        return Words.addressBits(config.memories().weightBlocks());
    }

    /** Address of a list entry. */
    int listBits() {
        return AcceleratorConfig.ceilLog2(MemoryMap.LIST_ENTRIES);
    }

    /** A list entry: value, output lane, weight block of the output block. */
    int entryBits() {
        return gradientBits() + laneBits() + weightBlockBits();
    }

    /** A segment: where its list begins, how many entries it has, how far its tap's weights lie behind the first's. */
    int segmentBits() {
        return 2 * listBits() + weightBlockBits();
    }

    int accumulatorBits() {
        return config.formats().weightBits() + gradientBits() + listBits() + SEGMENT_BITS;
    }
}
