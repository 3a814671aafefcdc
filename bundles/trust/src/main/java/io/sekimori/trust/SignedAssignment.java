package io.sekimori.trust;

/** An assignment and the director's targets metadata that say it. Immutable. */
public final class SignedAssignment {

    private final Assignment assignment;
    private final byte[] bytes;

    SignedAssignment(Assignment assignment, byte[] bytes) {
        this.assignment = assignment;
        this.bytes = bytes;
    }

    /** What was signed. */
    public Assignment assignment() {
        return assignment;
    }

    /** The signed metadata, JSON in UTF-8. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The assignment as a gateway reads it: its items in order of path.
     *
     * @throws TrustException if a gateway could not
     */
    Assignment readBack() throws TrustException {
        return read(bytes).assignment();
    }

    /**
     * Reads signed metadata and believes it: for the director, who keeps what it has signed.
     *
     * @throws TrustException if it is no assignment
     */
    public static SignedAssignment read(byte[] bytes) throws TrustException {
        Envelope envelope =
                Envelope.parse(Repository.DIRECTOR.nameOf(TargetsMetadata.FILE), Document.ASSIGNMENT, bytes);
        return new SignedAssignment(
                AssignmentJson.read(TargetsMetadata.parse(envelope, Document.ASSIGNMENT)), bytes.clone());
    }
}
