package io.gatehouse.lab.corpus;

/** The kinds of records in the corpus, each with how many there must be at least. */
enum Family {
    BROKEN_TEXT("broken text", "cut, spoiled and completed at every place; literals, comments, other formats", 1_500),
    ENCODINGS(
            "encodings",
            "byte order marks, UTF-16 and UTF-32, ill-formed UTF-8 at each place, other formats' bytes",
            300),
    ESCAPES("escapes", "every escape and control character, surrogates paired and not", 400),
    NESTING("nesting and size", "arrays and objects 1 to 40 deep and far deeper, and much of everything", 200),
    NAMES("names", "repeated, reserved and odd names in several spellings", 200),
    NUMBERS("numbers", "numbers of every shape in every field", 600),
    TYPES("types", "each field absent, null, and of every other type", 250),
    TEXTS("hostile texts", "in each field, as a name and further down, plain and escaped", 2_500),
    LENGTHS("lengths", "each limit less one, met and passed, in characters of one to four bytes", 150),
    PAIRS("two faults", "each fault beside each later one, in either order in the event", 250),
    ADDRESSES("addresses", "forms of IP addresses and what is taken for them, plain and escaped", 600),
    TIMES("timestamps", "numbers, digits and ISO 8601 in every shape, each side of every limit", 150),
    KAFKA("Kafka's own", "keys, empty values, sizes, headers and record timestamps", 150),
    SPELLINGS("spellings by chance", "good events in random order, spacing and escapes, with random members", 500),
    NOISE("noise by chance", "random bytes and random spoiling", 300);

    private final String title;
    private final String about;
    private final int minimum;

    Family(String title, String about, int minimum) {
        this.title = title;
        this.about = about;
        this.minimum = minimum;
    }

    String title() {
        return title;
    }

    String about() {
        return about;
    }

    int minimum() {
        return minimum;
    }
}
