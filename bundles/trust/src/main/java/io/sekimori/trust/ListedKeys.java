package io.sekimori.trust;

import java.util.HashMap;
import java.util.Map;

/** The {@code keys} of a root or of delegations (4.3, 4.5), by key id. */
final class ListedKeys {

    private ListedKeys() {}

    /** @param name of the file, for messages */
    static Map<String, TufKey> of(JsonObject holder, String name) throws TrustException, MalformedJson {
        JsonObject listed = holder.object("keys");
        Map<String, TufKey> keys = new HashMap<>();
        for (String id : listed.names()) {
            TufKey key = TufKey.listed(id, listed.object(id));
            // 4.2.1, 4.3: the id is the key's hash, so that no id can stand for two keys.
            if (!key.keyId().equals(id)) {
                throw new TrustException(TrustCode.KEY_ID_WRONG, name + " lists the key " + key.keyId() + " as " + id);
            }
            keys.put(id, key);
        }
        return keys;
    }
}
