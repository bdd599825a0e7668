package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.rtl.memory.Words;

/** Widths that the parts of the backward engine share. */
record BackwardShape(AcceleratorConfig config, MemoryMap map) {
    private static final int FEWEST_SLOTS = 4;
    private static final int MOST_SLOTS = 16;

    /** Values of ds that a lane may have under way. */
    static final int RESULT_DEPTH = 16;

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

    /** Points of the layer below that are in flight at once; more lanes need more to choose their work from. */
    int slots() {
        return Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, backwardLanes()));
    }

    int slotBits() {
        return AcceleratorConfig.ceilLog2(slots());
    }

    /** There are as many channel groups as lanes: group c mod B shares a weight bank and a write port for ds. */
    int groupBits() {
        return Math.max(1, AcceleratorConfig.ceilLog2(backwardLanes()));
    }

    /** Channels of a word that one group owns. */
    int owned() {
        return lanes() / backwardLanes();
    }

    /** Words of one weight bank. */
    int bankWords() {
        return map.window(Scratchpad.BACKWARD_WEIGHT).words() / backwardLanes();
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
