package h2learn.host.driver;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Register;
import h2learn.host.CommandPort;
import java.util.Locale;
import java.util.Optional;

/** Tests the way to the registers: every data line with SCRATCH, some registers' contents, and that the clock runs. */
final class RegisterTest {
    private final CommandPort port;
    private final AcceleratorConfig config;

    RegisterTest(CommandPort port, AcceleratorConfig config) {
        this.port = port;
        this.config = config;
    }

    /** Empty, or what is wrong with the first register that is not sound. */
    Optional<String> run() {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            Optional<String> fault = holds(Register.SCRATCH, 1 << bit);
            if (fault.isEmpty()) {
                fault = holds(Register.SCRATCH, ~(1 << bit));
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        int enabled = Register.INTERRUPT_FENCE | Register.INTERRUPT_ERROR;
        Optional<String> fault = holds(Register.INTERRUPT_ENABLE, enabled);
        if (fault.isEmpty()) {
            fault = holds(Register.INTERRUPT_ENABLE, 0);
        }
        if (fault.isEmpty()) {
            fault = is(Register.SCRATCH, ~(1 << Integer.SIZE - 1));
        }
        if (fault.isEmpty()) {
            fault = capability("LANES", config.lanes());
        }
        if (fault.isEmpty()) {
            fault = capability("LUT_INPUTS", config.lut().inputs());
        }
        if (fault.isEmpty()) {
            fault = capability("BACKWARD_LANES", config.backward().lanes());
        }
        long before = port.cycles();
        if (fault.isEmpty() && port.cycles() == before) {
            return Optional.of("register CYCLES does not count: is the accelerator's clock running?");
        }
        return fault;
    }

    private Optional<String> holds(Register register, int value) {
        port.write(register, value);
        return is(register, value);
    }

    private Optional<String> is(Register register, int value) {
        int read = port.read(register);
        return read == value
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "register %s reads 0x%08X where 0x%08X was written", register, read, value));
    }

    private Optional<String> capability(String field, int expected) {
        int value = Register.CAPABILITIES.field(field).get(port.read(Register.CAPABILITIES));
        return value == expected
                ? Optional.empty()
                : Optional.of("register CAPABILITIES has " + value + " as " + field + ", the config " + expected);
    }
}
