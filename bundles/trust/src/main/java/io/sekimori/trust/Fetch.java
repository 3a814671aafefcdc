package io.sekimori.trust;

import java.io.IOException;
import java.util.Optional;

/** Gets one file of a repository, bounded. */
record Fetch(Repository repository, MetadataSource source) {

    Optional<byte[]> optional(String file, int maxBytes) throws TrustException {
        Optional<byte[]> bytes = bytes(file, maxBytes);
        if (bytes.isPresent() && bytes.get().length > maxBytes) {
            throw new TrustException(
                    TrustCode.METADATA_TOO_LONG, repository.nameOf(file) + " is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }

    private Optional<byte[]> bytes(String file, int maxBytes) throws TrustException {
        try {
            return source.fetch(file, maxBytes);
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(
                    TrustCode.SOURCE_FAILED, repository.nameOf(file) + " could not be fetched: " + e.getMessage(), e);
        }
    }

    byte[] required(String file, Document document) throws TrustException {
        return optional(file, document.maxBytes).orElseThrow(() -> missing(file, document));
    }

    /** 5.5.1, 5.6.1: where a length is listed no more than that is read, and one byte that tells that there is more. */
    byte[] required(String file, Document document, FileMeta listed) throws TrustException {
        if (listed.length().isEmpty() || listed.length().get() >= document.maxBytes) {
            return required(file, document);
        }
        return bytes(file, (int) Math.max(0, listed.length().get())).orElseThrow(() -> missing(file, document));
    }

    private TrustException missing(String file, Document document) {
        return new TrustException(document.missing, repository.nameOf(file) + " is not in the repository");
    }
}
