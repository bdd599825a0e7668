package h2learn.rtl;

import h2learn.contract.Engine;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bool;
import h2learn.rtl.bus.HostAccess;
import h2learn.rtl.command.EngineQueue;
import h2learn.rtl.memory.ElementWrite;
import h2learn.rtl.memory.HostPort;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.WritePort;
import java.util.Locale;

/** Connects a client's port with a memory's, both children of the same circuit. */
final class Wires {
    private Wires() {}

    static void read(ReadPort client, ReadPort memory) {
        memory.enable.assign(client.enable);
        memory.address.assign(client.address);
        client.data.assign(memory.data);
    }

    static void write(WritePort client, WritePort memory) {
        memory.enable.assign(client.enable);
        memory.address.assign(client.address);
        memory.data.assign(client.data);
    }

    static void write(ElementWrite client, ElementWrite memory) {
        memory.enable.assign(client.enable);
        memory.address.assign(client.address);
        memory.element.assign(client.element);
        memory.data.assign(client.data);
    }

    static void engine(EngineQueue queue, Engine engine, Bool start, Bool busy) {
        Bool pulse = queue.start.get(engine);
        Bool running = queue.engineBusy.get(engine);
        if (pulse == null || running == null) {
            throw new IllegalStateException("another queue runs " + engine);
        }
        start.assign(pulse);
        running.assign(busy);
    }

    static void host(HostAccess access, Scratchpad scratchpad, HostPort memory) {
        HostPort window = access.window.get(scratchpad.name().toLowerCase(Locale.ROOT));
        if (window == null) {
            throw new IllegalStateException("no window for " + scratchpad);
        }
        memory.read.assign(window.read);
        memory.write.assign(window.write);
        memory.address.assign(window.address);
        memory.writeData.assign(window.writeData);
        window.readData.assign(memory.readData);
    }
}
