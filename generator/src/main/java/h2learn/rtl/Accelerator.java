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
import h2learn.rtl.transfer.Axi4Read;
import h2learn.rtl.transfer.Axi4Write;
import h2learn.rtl.transfer.ScratchpadSwitch;
import h2learn.rtl.transfer.TransferShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The accelerator: an AXI4-Lite slave {@code s_axi}, an AXI4 master {@code m_axi}, an interrupt, and behind them command
 * processor, engines and memories. RESTART resets processor and engines as well; memories and counters keep what they
 * hold, and the master finishes what is under way.
 */
public final class Accelerator extends Circuit {
    public final AxiLite s_axi;
    /** The master's two halves, one interface: {@code m_axi}. */
    public final Axi4Read readBus;

    public final Axi4Write writeBus;
    public final Bool interrupt = out(bool());

    final AxiLiteSlave axiLiteSlave;
    final HostAccess hostAccess;
    final RegisterFile registers;
    final Bool engineReset = wire(bool());
    final Commands command;
    final Scratchpads memory;
    final Engines engine;
    final ExternalMemory external;
    final ScratchpadSwitch scratchpadSwitch;

    public Accelerator(AcceleratorConfig config) {
        moduleName("Accelerator");
        MemoryMap map = new MemoryMap(config);
        TransferShape shape = new TransferShape(config, map);
        s_axi = slave(AxiLite.type(map.addressBits()));
        readBus = master(Axi4Read.type(config.memoryBus())).named("m_axi");
        writeBus = master(Axi4Write.type(config.memoryBus())).named("m_axi");
        axiLiteSlave = inst(new AxiLiteSlave(map.addressBits(), config.target()));
        hostAccess = inst(new HostAccess(map));
        external = new ExternalMemory(shape);
        scratchpadSwitch = inst(new ScratchpadSwitch(shape));
        Clock restartable = Clock.current().withReset(engineReset);
        memory = restartable.in(() -> new Scratchpads(shape));
        engine = restartable.in(() -> new Engines(shape));
        command = restartable.in(() -> new Commands(config));
        UInt saturations = engine.saturations();
        registers = inst(new RegisterFile(config, saturations.width()));
        engineReset.assign(Clock.current().reset().or(registers.restart));

        connectBus();
        connectTransfers();
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
        hostAccess.busy.assign(command.busy.or(command.running).or(external.draining()));
        axiLiteSlave.readData.assign(hostAccess.readData);
        axiLiteSlave.answer.assign(hostAccess.answer);
    }

    private void connectTransfers() {
        readBus.connect(external.reader.bus);
        writeBus.connect(external.writer.bus);
        external.connect(engine.load, registers.restart);
        external.connect(engine.store, registers.restart);
        command.connectMemory(external.reader);
        Wires.connect(hostAccess, scratchpadSwitch);
        Wires.connect(engine.load, engine.store, scratchpadSwitch);
        memory.connectTransfers(scratchpadSwitch);
    }

    private void connectRegisters(UInt saturations) {
        registers.access.assign(hostAccess.registerAccess);
        registers.accessWrite.assign(axiLiteSlave.accessWrite);
        registers.address.assign(axiLiteSlave.address.slice(registers.address.width() + 1, 2));
        registers.writeData.assign(axiLiteSlave.writeData);
        registers.strobe.assign(axiLiteSlave.strobe);
        hostAccess.registerData.assign(registers.readData);
        hostAccess.registerAnswer.assign(registers.answer);

        command.connectRegisters(registers, engine.move(), external.draining());
        registers.saturations.assign(saturations);
        registers.layer.assign(CommandPorts.slice(CommandField.LAYER, command.queue(CommandQueue.BACKWARD).command));

        List<Bits> running = new ArrayList<>();
        Map<Engine, EngineCounters> counters = engine.counters(registers.clearCounters);
        for (Engine each : Engine.values()) {
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
        registers.engines.assign(Bits.concat(running));
        interrupt.assign(registers.interrupt);
    }
}
