package io.sekimori.cli;

import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signing key that lies encrypted on the disk: AES-256-GCM (NIST SP 800-38D) under a key that Argon2id
 * (RFC 9106) makes of a passphrase. The public half is in the clear, and bound to the rest. Confined to one thread.
 */
final class EncryptedKey implements Signer {

    /** The longest file. */
    static final int MAX_BYTES = 8_192;

    private static final String FORMAT = "sekimori-encrypted-key";
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SigningKey key;

    private EncryptedKey(SigningKey key) {
        this.key = key;
    }

    /** A new key as the bytes of its file; {@code passphrase} is the caller's to wipe. */
    static byte[] create(KeyType type, char[] passphrase, SecureRandom random) throws GeneralSecurityException {
        SigningKey pair = SigningKey.generate(type, random);
        Map<String, Object> file = new HashMap<>(Map.of(
                "format", FORMAT,
                "version", 1L,
                "public", HexFormat.of().formatHex(pair.rawPublicKey()),
                "kdf", PassphraseCost.DEFAULT.json(),
                "salt", hex(random, SALT_BYTES),
                "nonce", hex(random, NONCE_BYTES)));
        if (type != KeyType.ED25519) {
            file.put("type", type.word()); // the first files had no type
        }
        byte[] secret = pair.pkcs8();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, file, PassphraseCost.DEFAULT, passphrase);
            file.put("key", HexFormat.of().formatHex(cipher.doFinal(secret)));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return JsonText.bytes(file);
    }

    /** Whether a key file is of this kind rather than one in the clear. */
    static boolean is(byte[] file) {
        return file.length > 0 && file[0] == '{';
    }

    /** The public half, for which no passphrase is needed; whether the other one fits is not looked at. */
    static TufKey publicKey(byte[] file) throws MalformedJson {
        JsonObject json = parse(file);
        return type(json).publicKey(raw(json));
    }

    /**
     * Opens the file.
     *
     * @param passphrase the caller's to wipe
     * @throws Failure {@code KEY_PASSPHRASE} if it is another passphrase, or the file was altered
     */
    static EncryptedKey open(String name, byte[] file, char[] passphrase)
            throws MalformedJson, GeneralSecurityException, Failure {
        JsonObject json = parse(file);
        Map<String, Object> bound = new HashMap<>(json.asMap());
        bound.remove("key");
        byte[] secret = {};
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, bound, PassphraseCost.of(json.object("kdf")), passphrase);
            secret = cipher.doFinal(HexFormat.of().parseHex(json.string("key")));
            return new EncryptedKey(SigningKey.of(type(json), secret, raw(json)));
        } catch (AEADBadTagException e) {
            throw new Failure(ExitCode.REFUSED, "KEY_PASSPHRASE", name);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public TufKey publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        return key.sign(message);
    }

    private static KeyType type(JsonObject json) throws MalformedJson {
        String word = json.asMap().containsKey("type") ? json.string("type") : KeyType.ED25519.word();
        return KeyType.of(word).orElseThrow(() -> new MalformedJson("keys of type " + word + " are not known here"));
    }

    private static byte[] raw(JsonObject json) throws MalformedJson {
        return HexFormat.of().parseHex(json.string("public"));
    }

    private static JsonObject parse(byte[] file) throws MalformedJson {
        JsonObject json = JsonObject.parse(file, MAX_BYTES);
        if (!json.string("format").equals(FORMAT) || json.number("version") != 1) {
            throw new MalformedJson("not an encrypted key of a version that is known here");
        }
        for (String name : new String[] {"public", "salt", "nonce", "key"}) {
            if (!json.string(name).matches("([0-9a-f]{2})+")) {
                throw new MalformedJson(name + " is not hex");
            }
        }
        if (json.string("nonce").length() != 2 * NONCE_BYTES) {
            throw new MalformedJson("nonce has a wrong length");
        }
        try {
            type(json).publicKey(raw(json));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("public is no key of its type");
        }
        return json;
    }

    // All but the encrypted key itself is bound to it: who alters the cost or the public half makes it unreadable.
    private static Cipher cipher(int mode, Map<String, Object> bound, PassphraseCost cost, char[] passphrase)
            throws GeneralSecurityException {
        byte[] key = cost.key(passphrase, HexFormat.of().parseHex((String) bound.get("salt")));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = HexFormat.of().parseHex((String) bound.get("nonce"));
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(CanonicalJson.bytes(bound));
            return cipher;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static String hex(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
