package io.gatehouse.app.geo;

import java.util.HashMap;
import java.util.Map;

/**
 * The countries of ISO 3166-1 by continent, for sources that tell no continent. Kosovo has the user-assigned code that
 * most sources give it. A country on two continents is counted where most geographic databases count it.
 */
final class Continents {
    private static final String[][] COUNTRIES = {
        {
            "AF",
            "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ"
                    + " NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"
        },
        {"AN", "AQ BV GS HM TF"},
        {
            "AS",
            "AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV"
                    + " MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE"
        },
        {
            "EU",
            "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME"
                    + " MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
        },
        {
            "NA",
            "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX"
                    + " TC TT US VC VG VI"
        },
        {"OC", "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS"},
        {"SA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"},
    };

    private static final Map<String, String> CONTINENT = new HashMap<>();

    static {
        for (String[] continent : COUNTRIES) {
            for (String country : continent[1].split(" ")) {
                CONTINENT.put(country, continent[0]);
            }
        }
    }

    private Continents() {}

    /** The continent's code, or null when there is no such country. */
    static String of(String country) {
        return CONTINENT.get(country);
    }

    static boolean isCode(String continent) {
        return CONTINENT.containsValue(continent);
    }
}
