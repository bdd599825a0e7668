package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Mem;

/** How a memory is to be built; becomes the attribute that the target's tools read. */
public enum MemoryStyle {
    BLOCK,
    DISTRIBUTED;

    public <M extends Mem<?>> M apply(M memory, Target target) {
        switch (target) {
            case XILINX -> memory.attribute("ram_style", this == BLOCK ? "block" : "distributed");
            case ECP5 -> memory.attribute("syn_ramstyle", this == BLOCK ? "block_ram" : "distributed");
            case ICE40 -> {
                // There is no distributed memory: without this the emitter asks for some, and Yosys refuses.
                if (this == DISTRIBUTED) {
                    memory.attribute("ram_style", "registers");
                }
            }
            case GENERIC, ASIC -> {
                // These tools decide by themselves or map memories to macros by name.
            }
        }
        return memory;
    }
}
