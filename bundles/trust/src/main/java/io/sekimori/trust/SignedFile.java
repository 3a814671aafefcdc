package io.sekimori.trust;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes signed metadata (4.2). */
final class SignedFile {

    private SignedFile() {}

    /** The file's bytes: {@code signed} with a signature of each signer, and those it has already, by key id. */
    static byte[] bytes(Map<String, ?> signed, Map<String, String> earlier, List<Signer> signers) throws IOException {
        Map<String, String> signatures = new TreeMap<>(earlier);
        byte[] message = CanonicalJson.bytes(signed);
        for (Signer signer : signers) {
            signatures.put(signer.publicKey().keyId(), Hex.encode(signer.sign(message)));
        }
        List<Map<String, String>> listed = signatures.entrySet().stream()
                .map(signature -> Map.of("keyid", signature.getKey(), "sig", signature.getValue()))
                .toList();
        return JsonText.bytes(Map.of("signatures", listed, "signed", signed));
    }

    static byte[] bytes(Map<String, ?> signed, List<Signer> signers) throws IOException {
        return bytes(signed, Map.of(), signers);
    }
}
