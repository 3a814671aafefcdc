package io.sekimori.trust;

import java.io.IOException;
import java.util.Optional;

/** Gets one file of a repository, bounded. */
record Fetch(Repository repository, MetadataSource source) {

    Optional<byte[]> optional(String file, int maxBytes) throws TrustException {
        Optional<byte[]> bytes;
        try {
            bytes = source.fetch(file, maxBytes);
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(
                    TrustCode.SOURCE_FAILED, repository.nameOf(file) + " could not be fetched: " + e.getMessage(), e);
        }
        if (bytes.isPresent() && bytes.get().length > maxBytes) {
            throw new TrustException(
                    TrustCode.METADATA_TOO_LONG, repository.nameOf(file) + " is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }

    byte[] required(String file, Document document) throws TrustException {
        return optional(file, document.maxBytes)
                .orElseThrow(() ->
                        new TrustException(document.missing, repository.nameOf(file) + " is not in the repository"));
    }
}
