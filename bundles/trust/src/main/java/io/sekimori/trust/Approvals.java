package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Approvals as they travel beside an assignment, in {@value #FILE}. Reading them bounds what they can cost and vouches for
 * nothing: that is {@link ApprovalPolicy}'s work. Immutable.
 *
 * @param entries    those that could be read
 * @param unreadable how many others there were; they neither help nor harm
 */
public record Approvals(List<SignedApproval> entries, int unreadable) {

    /** The name of the file among those of the director. */
    public static final String FILE = "approvals.json";

    /** The longest file. */
    public static final int MAX_BYTES = 1 << 20;

    /** The most approvals in one. */
    public static final int MOST = 128;

    private static final long FORMAT = 1;

    /** None at all. */
    public static final Approvals NONE = new Approvals(List.of(), 0);

    /** @throws IllegalArgumentException if they are more than {@value #MOST} */
    public Approvals {
        entries = List.copyOf(entries);
        Names.require(entries.size() + unreadable <= MOST, "more than " + MOST + " approvals");
    }

    /** @throws TrustException {@link TrustCode#APPROVALS_BROKEN} if it is no such file */
    public static Approvals parse(byte[] file) throws TrustException {
        if (file.length > MAX_BYTES) {
            throw new TrustException(TrustCode.APPROVALS_BROKEN, FILE + " is longer than " + MAX_BYTES + " bytes");
        }
        try {
            JsonObject json = JsonObject.parse(file, MAX_BYTES);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("format is not " + FORMAT);
            }
            List<SignedApproval> entries = new ArrayList<>();
            int unreadable = 0;
            for (JsonObject entry : json.objects("approvals")) {
                try {
                    entries.add(SignedApproval.read(entry));
                } catch (MalformedJson e) {
                    unreadable++; // perhaps of a later format, for other gateways than this one
                }
            }
            return new Approvals(entries, unreadable);
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.APPROVALS_BROKEN, FILE + ": " + e.getMessage(), e);
        }
    }

    /** The file that {@link #parse} reads. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of(
                "format",
                FORMAT,
                "approvals",
                entries.stream().map(SignedApproval::json).toList()));
    }
}
