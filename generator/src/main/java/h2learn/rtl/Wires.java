package h2learn.rtl;

import h2learn.contract.Engine;
import h2learn.hdl.Bool;
import h2learn.rtl.bus.HostAccess;
import h2learn.rtl.command.EngineQueue;
import h2learn.rtl.memory.BeatRead;
import h2learn.rtl.memory.BeatWrite;
import h2learn.rtl.memory.ElementWrite;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.WritePort;
import h2learn.rtl.transfer.LoadUnit;
import h2learn.rtl.transfer.ScratchpadSwitch;
import h2learn.rtl.transfer.StoreUnit;

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

    static void read(BeatRead client, BeatRead memory) {
        memory.enable.assign(client.enable);
        memory.address.assign(client.address);
        client.ready.assign(memory.ready);
        client.data.assign(memory.data);
    }

    static void write(BeatWrite client, BeatWrite memory) {
        memory.enable.assign(client.enable);
        memory.address.assign(client.address);
        memory.mask.assign(client.mask);
        memory.data.assign(client.data);
        client.ready.assign(memory.ready);
    }

    static void connect(HostAccess host, ScratchpadSwitch access) {
        access.hostRead.assign(host.scratchpadRead);
        access.hostWrite.assign(host.scratchpadWrite);
        access.hostScratchpad.assign(host.scratchpad);
        access.hostBeat.assign(host.beat);
        access.hostWriteData.assign(host.beatWriteData);
        host.beatReadData.assign(access.hostReadData);
    }

    static void connect(LoadUnit load, StoreUnit store, ScratchpadSwitch access) {
        access.writeEnable.assign(load.writeEnable);
        access.writeScratchpad.assign(load.writeScratchpad);
        access.writeGroup.assign(load.writeGroup);
        access.writeData.assign(load.writeData);
        load.writeReady.assign(access.writeReady);
        access.readEnable.assign(store.readEnable);
        access.readScratchpad.assign(store.readScratchpad);
        access.readGroup.assign(store.readGroup);
        store.readReady.assign(access.readReady);
        store.readData.assign(access.readData);
    }
}
