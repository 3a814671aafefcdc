package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one bundle has in the vault. Its number grows with each change: an older index is known by it. Immutable.
 *
 * @param sequence how often it was changed
 * @param entries by name
 */
record Index(long sequence, SortedMap<String, Entry> entries) {

    static final Index EMPTY = new Index(0, new TreeMap<>());

    /** Far more than the most entries that can be configured take. */
    static final int MAX_BYTES = 32 << 20;

    /**
     * One name.
     *
     * @param version the index's number when it was begun
     * @param id the random name of the file it lies in
     * @param sizeBytes plain
     */
    record Entry(long version, String id, long sizeBytes) {}

    Index {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    Collection<Entry> all() {
        return entries.values();
    }

    long bytes() {
        return all().stream().mapToLong(Entry::sizeBytes).sum();
    }

    /** The next one, with the same entries. */
    Index next() {
        return new Index(sequence + 1, entries);
    }

    Index with(String name, Entry entry) {
        SortedMap<String, Entry> changed = new TreeMap<>(entries);
        changed.put(name, entry);
        return new Index(sequence + 1, changed);
    }

    Index without(String name) {
        SortedMap<String, Entry> changed = new TreeMap<>(entries);
        changed.remove(name);
        return new Index(sequence + 1, changed);
    }

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(sequence);
            out.writeInt(entries.size());
            for (var each : entries.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeLong(each.getValue().version());
                out.writeUTF(each.getValue().id());
                out.writeLong(each.getValue().sizeBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what was sealed, so that whatever is wrong with it is damage. */
    static Index parse(byte[] bytes) throws VaultException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long sequence = in.readLong();
            int count = in.readInt();
            SortedMap<String, Entry> entries = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                entries.put(name, new Entry(in.readLong(), in.readUTF(), in.readLong()));
            }
            if (in.read() >= 0) {
                throw Chunks.damaged("the index is too long");
            }
            return new Index(sequence, entries);
        } catch (IOException e) {
            throw Chunks.damaged("not an index");
        }
    }
}
