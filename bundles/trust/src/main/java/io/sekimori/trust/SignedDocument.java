package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A metadata file that was exported to be signed on a machine without the repository. Immutable.
 *
 * @param type    {@code root}, {@code targets} or {@code permit}
 * @param version of the file; 1 for a permit
 * @param expires of the file
 * @param issued  when it was made to be signed, which no gateway's clock may stand before; empty if it does not say
 * @param content releases with counter, floors and hash, delegations and support periods for targets, roles with their keys and thresholds for a root,
 *                releases, gateways and reason for a permit: what a person can look at before signing, with control characters replaced
 * @param signers ids of the keys that signed, not verified here
 */
public record SignedDocument(
        String type,
        long version,
        Instant expires,
        Optional<Instant> issued,
        List<String> content,
        List<String> signers) {

    public SignedDocument {
        content = content.stream().map(Refusal::harmless).toList();
        signers = signers.stream().map(Refusal::harmless).toList();
    }

    /** Reads an exported file; vouches for nothing. */
    public static SignedDocument read(byte[] file) throws TrustException {
        Envelope envelope = parse(file);
        Document document = document(envelope);
        if (document == Document.PERMIT) {
            Permit permit = Permit.read(envelope);
            return new SignedDocument(
                    Permit.TYPE,
                    1,
                    permit.expires(),
                    Optional.of(permit.issued()),
                    permit.lines(),
                    List.copyOf(envelope.signatures().keySet()));
        }
        try {
            Header header = Header.of(envelope, document);
            return new SignedDocument(
                    document.role.word(),
                    header.version(),
                    header.expires(),
                    header.issued(),
                    document == Document.ROOT ? SignedContent.root(envelope) : SignedContent.targets(envelope),
                    List.copyOf(envelope.signatures().keySet()));
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    /** The file with a signature of each signer beside those it has. Whose keys count is found when it is joined. */
    public static byte[] sign(byte[] file, List<Signer> signers) throws IOException {
        Envelope envelope = parse(file);
        document(envelope);
        return signed(envelope, signers);
    }

    /**
     * Refuses to have a file signed that was made on a machine whose clock is ahead.
     *
     * @throws TrustException {@link PublishCode#ISSUED_AHEAD}
     */
    public void requireNotAhead(Instant now) throws TrustException {
        Header.requireNotAhead(type, issued, now);
    }

    static byte[] signed(Envelope envelope, List<Signer> signers) throws IOException {
        return SignedFile.bytes(envelope.signed.asMap(), envelope.signatures(), signers);
    }

    static Envelope parse(byte[] file) throws TrustException {
        return Envelope.parse("the file to sign", Document.TARGETS, file);
    }

    private static Document document(Envelope envelope) throws TrustException {
        Object type = envelope.signed.asMap().get("_type");
        if (Role.ROOT.word().equals(type)) {
            return Document.ROOT;
        }
        if (Role.TARGETS.word().equals(type)) {
            return Document.TARGETS;
        }
        if (Permit.TYPE.equals(type)) {
            return Document.PERMIT;
        }
        throw new TrustException(TrustCode.METADATA_TYPE, "a file of type " + type + " is not signed by people");
    }
}
