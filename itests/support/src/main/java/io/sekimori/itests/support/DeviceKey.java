package io.sekimori.itests.support;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.file.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The key that identifies a unit, made where the unit's own key store looks for it. */
public final class DeviceKey {

    private DeviceKey() {}

    /**
     * Makes the device key of a unit.
     *
     * @return digest of its public key, by which a director names the device
     */
    public static String make(Path unit) throws IOException {
        try {
            return new KeyFiles(unit.resolve("data").resolve("io.sekimori.keys.file"))
                    .create(Keys.DEVICE, KeyAlgorithm.EC_P256)
                    .id();
        } catch (KeyException e) {
            throw new IOException("the device key", e);
        }
    }
}
