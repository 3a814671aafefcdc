package io.sekimori.vault.sealed;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What one sealed file is: goes into the derivation of its key, so that it opens nowhere else and as nothing else.
 *
 * @param owner symbolic name of the bundle
 * @param name of the entry; empty for the index
 * @param version of the entry; 0 for the index, which has its number inside
 * @param id the random name of the file; empty for the index
 */
record Content(String owner, String name, long version, String id) {

    static Content index(String owner) {
        return new Content(owner, "", 0, "");
    }

    /** The one form of these in bytes: each text with its length in front. */
    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("sekimori-vault 1");
            out.writeUTF(owner);
            out.writeUTF(name);
            out.writeLong(version);
            out.writeUTF(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
