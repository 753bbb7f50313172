package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.INVALID_UTF8;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.Draft;
import io.gatehouse.lab.generate.WholeFaults;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes that are no UTF-8, that are UTF-8 of something else, and that only just are UTF-8. */
final class Encodings {
    private static final HexFormat HEX = HexFormat.of();

    /** Stands where bytes are put; no event holds it otherwise. */
    private static final String GAP = "\uE000";

    /** Beside those that the generator knows, in hexadecimal. */
    private static final List<String> ILL_FORMED = List.of(
            "bf",
            "8080",
            "808080",
            "c1",
            "c1bf",
            "c080",
            "c0af",
            "c220",
            "c3c3",
            "df",
            "dfdf",
            "e0",
            "e080",
            "e08080",
            "e09fbf",
            "e0a0",
            "e0a020",
            "e280",
            "e28028",
            "e282",
            "ed",
            "eda0",
            "edafbf",
            "edb080",
            "edbfbf",
            "eda080edb080",
            "edadbfedbfbf",
            "ef",
            "efbf",
            "f0",
            "f080",
            "f0808080",
            "f08fbfbf",
            "f09f9880f0",
            "f09f9828",
            "f0288cbc",
            "f090",
            "f4",
            "f490",
            "f4908080",
            "f5",
            "f5808080",
            "f6bfbfbf",
            "f7bfbfbf",
            "f8",
            "f888808080",
            "fb",
            "fc",
            "fc8480808080",
            "fd",
            "fe",
            "feff",
            "fffe",
            "ff00",
            "92",
            "9392",
            "a0",
            "e9",
            "fc6e6e");

    private static final List<String> WELL_FORMED = List.of(
            "7f",
            "c280",
            "c285",
            "c2a0",
            "dfbf",
            "e0a080",
            "e28080",
            "e280a8",
            "e280a9",
            "ed9fbf",
            "ee8080",
            "efbbbf",
            "efb790",
            "efbfbd",
            "efbfbe",
            "efbfbf",
            "f0908080",
            "f09fbfbe",
            "f0a0808f",
            "f3a08081",
            "f48fbfbf",
            "65cc81",
            "cc81",
            "f09f91a9e2808df09f92bb",
            "f09f87a9f09f87aa");

    private Encodings() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.ENCODINGS);
        List<String> illFormed = new ArrayList<>(ILL_FORMED);
        WholeFaults.ILL_FORMED.stream()
                .map(HEX::formatHex)
                .filter(known -> !illFormed.contains(known))
                .forEach(illFormed::add);
        for (String hex : illFormed) {
            places(entries)
                    .forEach((place, event) ->
                            entries.add(hex + " " + place, event.user(), filled(event.text(), hex), INVALID_UTF8));
            Draft broken = entries.good().add("x", "{" + GAP);
            entries.add(hex + " behind a fault of the JSON", broken.user(), filled(broken.text(), hex), INVALID_UTF8);
            Draft after = entries.good();
            entries.add(hex + " after the end", after.user(), filled(after.text() + GAP, hex), INVALID_UTF8);
        }
        for (String hex : WELL_FORMED) {
            places(entries)
                    .forEach((place, event) ->
                            entries.add(hex + " " + place, event.user(), filled(event.text(), hex), ACCEPTED));
        }
        byteOrderMarks(entries);
        wider(entries);
        otherBytes(entries);
        return entries.records();
    }

    private static Map<String, Draft> places(Entries entries) {
        Map<String, Draft> places = new LinkedHashMap<>();
        places.put("in a name", entries.good().add("x" + GAP, "1"));
        places.put("in a text", entries.good().put("locale", "\"" + GAP + "\""));
        places.put("in a text, escapes before", entries.good().put("app_version", "\"\\u0032." + GAP + "\""));
        places.put("further down", entries.good().add("x", "[{\"y\": \"" + GAP + "\"}]"));
        return places;
    }

    private static byte[] filled(String text, String hex) {
        int at = text.indexOf(GAP);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
        bytes.writeBytes(text.substring(0, at).getBytes(UTF_8));
        bytes.writeBytes(HEX.parseHex(hex));
        bytes.writeBytes(text.substring(at + 1).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static void byteOrderMarks(Entries entries) {
        Draft before = entries.good();
        entries.add("mark before", before.user(), "\uFEFF" + before.text(), MALFORMED_JSON);
        Draft twice = entries.good();
        entries.add("two marks before", twice.user(), "\uFEFF\uFEFF" + twice.text(), MALFORMED_JSON);
        Draft spaced = entries.good();
        entries.add("mark behind a space", spaced.user(), " \uFEFF" + spaced.text(), MALFORMED_JSON);
        Draft after = entries.good();
        entries.add("mark after", after.user(), after.text() + "\uFEFF", MALFORMED_JSON);
        entries.add("mark alone", entries.good().user(), "\uFEFF", MALFORMED_JSON);
        Draft cut = entries.good();
        entries.add("half a mark before", cut.user(), filled(GAP + cut.text(), "efbb"), INVALID_UTF8);
        Draft inName = entries.good().put("\uFEFFlocale", "17");
        entries.add("mark in a name, which is another name then", inName, ACCEPTED);
    }

    /** In ASCII text every other byte, or three of four, is NUL: UTF-8, and no JSON. A mark, or a letter beyond, is not UTF-8. */
    private static void wider(Entries entries) {
        Charset utf32Be = Charset.forName("UTF-32BE");
        Charset utf32Le = Charset.forName("UTF-32LE");
        for (Charset charset : List.of(UTF_16BE, UTF_16LE, utf32Be, utf32Le)) {
            Draft good = entries.good();
            entries.add(charset.name(), good.user(), good.text().getBytes(charset), MALFORMED_JSON);
            Draft marked = entries.good();
            entries.add(
                    charset + " with a mark",
                    marked.user(),
                    ("\uFEFF" + marked.text()).getBytes(charset),
                    INVALID_UTF8);
            Draft accented = entries.good().put("locale", "\"é\"");
            entries.add(
                    charset + ", an accent", accented.user(), accented.text().getBytes(charset), INVALID_UTF8);
            entries.add(charset + " of a brace", entries.good().user(), "{".getBytes(charset), MALFORMED_JSON);
        }
        Draft odd = entries.good();
        entries.add("UTF-16LE, the last byte lost", odd.user(), cut(odd.text().getBytes(UTF_16LE)), MALFORMED_JSON);
    }

    private static void otherBytes(Entries entries) {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("gzip", "1f8b08000000000000ff");
        formats.put("zstd", "28b52ffd0400");
        formats.put("lz4", "04224d186440a7");
        formats.put("CBOR", "a167757365725f69646175");
        formats.put("MessagePack", "81a7757365725f6964a175");
        formats.put("Java object", "aced0005737200");
        formats.put("pickle", "80049504000000000000008c017594");
        formats.put("EBCDIC", "c07fa4a285996d89847f7a7fa47fd0");
        formats.put("PNG", "89504e470d0a1a0a");
        formats.forEach((name, hex) -> entries.add(name, entries.good().user(), HEX.parseHex(hex), INVALID_UTF8));
        Map<String, String> asciiFormats = new LinkedHashMap<>();
        asciiFormats.put("BSON", "1600000002757365720002000000750000");
        asciiFormats.put("protobuf", "0a0175");
        asciiFormats.put("Avro", "0275");
        asciiFormats.put("registry's frame", "000000000a0275");
        asciiFormats.put("ELF", "7f454c46020101");
        asciiFormats.put("zip", "504b0304");
        asciiFormats.put("NULs", "00".repeat(100));
        asciiFormats.put("white space alone", "20090a0d");
        asciiFormats.forEach(
                (name, hex) -> entries.add(name, entries.good().user(), HEX.parseHex(hex), MALFORMED_JSON));
        Draft latin = entries.good().put("locale", "\"é\"");
        entries.add("ISO 8859-1", latin.user(), latin.text().getBytes(ISO_8859_1), INVALID_UTF8);
        Draft windows = entries.good().put("locale", "\"“a”\"");
        entries.add(
                "Windows-1252", windows.user(), windows.text().getBytes(Charset.forName("windows-1252")), INVALID_UTF8);
        Draft japanese = entries.good().put("locale", "\"日本\"");
        entries.add("Shift_JIS", japanese.user(), japanese.text().getBytes(Charset.forName("Shift_JIS")), INVALID_UTF8);
        Draft twice = entries.good().put("locale", "\"é😀\"");
        String wrong = new String(twice.bytes(), ISO_8859_1);
        entries.add("UTF-8 of UTF-8", twice.user(), wrong, ACCEPTED);
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 1);
    }
}
