package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Clock;
import h2learn.hdl.UInt;
import h2learn.rtl.bus.AxiLite;
import h2learn.rtl.bus.AxiLiteSlave;
import h2learn.rtl.bus.EngineCounters;
import h2learn.rtl.bus.HostAccess;
import h2learn.rtl.bus.RegisterFile;
import h2learn.rtl.layer.CommandPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The accelerator: an AXI4-Lite slave {@code s_axi}, an interrupt, and behind them command processor, engines and
 * memories. RESTART resets processor and engines as well; memories and counters keep what they hold.
 */
public final class Accelerator extends Circuit {
    public final AxiLite s_axi;
    public final Bool interrupt = out(bool());

    final AxiLiteSlave axiLiteSlave;
    final HostAccess hostAccess;
    final RegisterFile registers;
    final Bool engineReset = wire(bool());
    final Commands command;
    final Scratchpads memory;
    final Engines engine;

    public Accelerator(AcceleratorConfig config) {
        moduleName("Accelerator");
        MemoryMap map = new MemoryMap(config);
        s_axi = slave(AxiLite.type(map.addressBits()));
        axiLiteSlave = inst(new AxiLiteSlave(map.addressBits(), config.target()));
        hostAccess = inst(new HostAccess(map));
        Clock restartable = Clock.current().withReset(engineReset);
        memory = restartable.in(() -> new Scratchpads(config, map));
        engine = restartable.in(() -> new Engines(config, map));
        command = restartable.in(() -> new Commands(config));
        UInt saturations = engine.saturations();
        registers = inst(new RegisterFile(config, saturations.width()));
        engineReset.assign(Clock.current().reset().or(registers.restart));

        connectBus();
        memory.connectHost(hostAccess);
        engine.connectMemories(memory);
        engine.connectCommands(command);
        connectRegisters(saturations);
    }

    private void connectBus() {
        axiLiteSlave.s_axi.connect(s_axi);
        hostAccess.access.assign(axiLiteSlave.access);
        hostAccess.accessWrite.assign(axiLiteSlave.accessWrite);
        hostAccess.address.assign(axiLiteSlave.address);
        hostAccess.writeData.assign(axiLiteSlave.writeData);
        hostAccess.strobe.assign(axiLiteSlave.strobe);
        hostAccess.busy.assign(command.busy.or(command.running));
        axiLiteSlave.readData.assign(hostAccess.readData);
        axiLiteSlave.answer.assign(hostAccess.answer);
    }

    private void connectRegisters(UInt saturations) {
        registers.access.assign(hostAccess.registerAccess);
        registers.accessWrite.assign(axiLiteSlave.accessWrite);
        registers.address.assign(axiLiteSlave.address.slice(registers.address.width() + 1, 2));
        registers.writeData.assign(axiLiteSlave.writeData);
        registers.strobe.assign(axiLiteSlave.strobe);
        hostAccess.registerData.assign(registers.readData);
        hostAccess.registerAnswer.assign(registers.answer);

        for (CommandQueue each : List.of(CommandQueue.LOAD, CommandQueue.STORE)) {
            command.queue(each).engineError.assign(0);
            command.queue(each).engineBusy.values().forEach(busy -> busy.assign(false));
        }
        command.ring.requestReady.assign(false);
        command.ring.beatValid.assign(false);
        command.ring.beatData.assign(0);
        command.ring.beatError.assign(0);
        command.connectRegisters(registers, engine.move());
        registers.saturations.assign(saturations);
        registers.layer.assign(CommandPorts.slice(
                CommandField.LAYER, command.queue(CommandQueue.BACKWARD).command));

        List<Bits> running = new ArrayList<>();
        Map<Engine, EngineCounters> counters = engine.counters(registers.clearCounters);
        for (Engine each : Engines.wired()) {
            EngineCounters unit = counters.get(each);
            if (unit == null) {
                throw new IllegalStateException("no counters for " + each);
            }
            int first = 4 * each.ordinal();
            registers.counter.get(first).assign(unit.busy);
            registers.counter.get(first + 1).assign(unit.useful);
            registers.counter.get(first + 2).assign(unit.items);
            registers.counter.get(first + 3).assign(unit.skipped);
            running.add(engine.busy(each).asBits());
        }
        registers.engines.assign(Bits.concat(running).resize(Engine.values().length));
        for (int index = 4 * Engines.wired().size(); index < 4 * Engine.values().length; index++) {
            registers.counter.get(index).assign(0);
        }
        interrupt.assign(registers.interrupt);
    }
}
