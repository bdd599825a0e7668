package h2learn.rtl.command;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.layer.CommandPorts;
import java.util.List;

/** What an engine's command must fulfil before it is measured: fields within the accelerator's limits. */
final class CommandCheck {
    private static final List<CommandField> EXTENTS = List.of(
            CommandField.INPUT_HEIGHT,
            CommandField.INPUT_WIDTH,
            CommandField.OUTPUT_HEIGHT,
            CommandField.OUTPUT_WIDTH,
            CommandField.KERNEL_HEIGHT,
            CommandField.KERNEL_WIDTH,
            CommandField.STRIDE);

    /** Bit-planes that hold the spikes of a square of 3x3. */
    private static final int POOL_PLANES = 4;

    private final Vec<Bits> command;
    private final List<Opcode> opcodes;

    /** @param opcodes those that may arrive: others cost nothing */
    CommandCheck(Vec<Bits> command, List<Opcode> opcodes) {
        this.command = command;
        this.opcodes = opcodes;
    }

    /** The error code, 0 when the command is legal. */
    UInt code(AcceleratorConfig config) {
        AcceleratorConfig.Limits limits = config.limits();
        UInt samples = field(CommandField.SAMPLES);
        UInt steps = field(CommandField.STEPS);
        UInt planes = field(CommandField.PLANES);
        UInt outputPlanes = field(CommandField.OUTPUT_PLANES);
        Bool onPoints = onPoints();
        Bool onPlanes = isOneOf(Opcode.FORWARD, Opcode.WEIGHT_GRADIENT);
        Bool pools = isOneOf(Opcode.POOL, Opcode.POOL_BACKWARD);
        Bool noExtent = Bool.lit(false);
        for (CommandField extent : EXTENTS) {
            noExtent = noExtent.or(field(extent).eq(0));
        }
        Bool noSquare = isSquare(CommandField.KERNEL_HEIGHT)
                .and(isSquare(CommandField.KERNEL_WIDTH))
                .not();
        UInt code = UInt.lit(ErrorCode.NONE.code(), 8);
        code = refuse(code, onPoints.and(noExtent), ErrorCode.GEOMETRY);
        code = refuse(code, pools.and(noSquare), ErrorCode.GEOMETRY);
        code = refuse(code, pools.and(outputPlanes.eq(0).or(outputPlanes.gt(POOL_PLANES))), ErrorCode.PLANES);
        code = refuse(code, onPlanes.and(planes.eq(0).or(planes.gt(limits.inputPlanes()))), ErrorCode.PLANES);
        code = refuse(code, onPoints.and(steps.eq(0).or(steps.gt(limits.steps()))), ErrorCode.STEPS);
        return refuse(code, onPoints.and(samples.eq(0).or(samples.gt(limits.samples()))), ErrorCode.SAMPLES);
    }

    /** Whether the command works on the points of a layer. */
    Bool onPoints() {
        return isOneOf(Opcode.UPDATE, Opcode.LOAD, Opcode.STORE).not();
    }

    Bool isOneOf(Opcode... wanted) {
        Bool any = Bool.lit(false);
        for (Opcode opcode : wanted) {
            if (opcodes.contains(opcode)) {
                any = any.or(field(CommandField.OPCODE).eq(opcode.code()));
            }
        }
        return any;
    }

    /** Whether a pool may have squares of this height or width. */
    private Bool isSquare(CommandField kernel) {
        return field(kernel).eq(2).or(field(kernel).eq(3));
    }

    private static UInt refuse(UInt code, Bool condition, ErrorCode error) {
        return Circuit.mux(condition, UInt.lit(error.code(), 8), code);
    }

    private UInt field(CommandField field) {
        return CommandPorts.slice(field, command);
    }
}
