"""Every fact of the academy of 2023, as its page says it in Finnish, Swedish and English."""

FACTS = {
    "name": (
        "Kiertotalouden hankintojen johtaminen",
        "Att leda upphandlingar i en cirkulär ekonomi",
        "Leading procurement for the circular economy",
    ),
    "theme academy of 2023": ("Teema-akatemia 2023", "Temaakademi 2023", "Theme academy 2023"),
    "invites to apply": ("Hae mukaan", "Ansök", "Apply"),
    "tagged with its name": (
        "Kiertotalouden hankintojen johtaminen 2023",
        "Att leda upphandlingar i en cirkulär ekonomi 2023",
        "Leading procurement for the circular economy 2023",
    ),
    "expert coaching": ("asiantuntijavalmennusta", "ger sakkunniga sparring", "expert coaching"),
    "through public procurement": (
        "edistää kiertotaloutta julkisilla hankinnoilla",
        "främja cirkulär ekonomi genom offentlig upphandling",
        "advance the circular economy through public procurement",
    ),
    "theme is construction": (
        "Vuoden 2023 teema on rakentaminen",
        "Temat år 2023 är byggande",
        "The theme of 2023 is construction",
    ),
    "saves natural resources": ("säästää luonnonvaroja", "sparar naturresurser", "saves natural resources"),
    "brings cost savings": ("kustannussäästöjä", "kostnadsbesparingar", "cost savings"),
    "builds well-being": ("alueen hyvinvointia", "välfärden i regionen", "regional well-being"),
    "starts in autumn": (
        "Akatemia alkaa syksyllä 2023",
        "Akademin börjar hösten 2023",
        "The academy starts in autumn 2023",
    ),
    "leads sustainable procurement": (
        "kykyä johtaa kestäviä hankintoja",
        "förmåga att leda hållbara upphandlingar",
        "ability to lead sustainable procurement",
    ),
    "sees openings": ("missä kiertotaloudelle on tilaa", "var det finns utrymme", "where there is room"),
    "measures and award criteria": (
        "toimenpiteet ja vertailuperusteet",
        "åtgärder och jämförelsegrunder",
        "measures and award criteria",
    ),
    "own pilot": ("omaan pilottihankintaanne", "er egen pilotupphandling", "your own pilot procurement"),
    "other procurement too": ("johtamisjärjestelmää", "ledningssystem", "management system"),
    "municipalities": ("Kunnat", "Kommuner", "Municipalities"),
    "joint authorities": ("Kuntayhtymät", "Samkommuner", "Joint municipal authorities"),
    "state": (
        "Valtion virastot ja laitokset",
        "Statliga ämbetsverk och inrättningar",
        "State agencies and institutions",
    ),
    "parishes": ("Seurakunnat", "Församlingar", "Parishes"),
    "other entities": (
        "Muut julkiset hankintayksiköt",
        "Andra offentliga upphandlande enheter",
        "Other public contracting entities",
    ),
    "want to develop leadership": (
        "haluatte kehittää hankintojen johtamista",
        "vill utveckla ledningen av upphandlingar",
        "want to develop procurement leadership",
    ),
    "new practices and tools": (
        "uusia toimintatapoja ja työkaluja",
        "nya arbetssätt och verktyg",
        "new practices and tools",
    ),
    "preparing, carrying out, evaluating": (
        "valmistellaan, toteutetaan ja arvioidaan",
        "bereds, genomförs och utvärderas",
        "preparing, carrying out and evaluating",
    ),
    "groundwork needed": (
        "Pohjatyötä pitää olla",
        "redan ha gjort ett grundarbete",
        "Groundwork has to be done",
    ),
    "both ways, by the deadline": (
        "Lomake lähetetään ja keskustelu varataan",
        "Blanketten ska vara skickad och samtalet bokat",
        "The form is sent and the discussion is booked",
    ),
    "deadline": ("31.5.2023 klo 23.59", "31.5.2023 kl. 23.59", "31 May 2023, 23:59"),
    "discussion maps the pilot": (
        "Kartoitamme kanssanne valmennettavan pilotin",
        "går igenom er pilot tillsammans",
        "we map the pilot",
    ),
    "working time": ("paljonko työaikaa", "hur mycket arbetstid", "how much working time"),
    "whom to involve": ("keiden kannattaa olla mukana", "vilka som bör vara med", "whom to involve"),
    "first half of June": ("1.–15.6.2023", "1–15.6.2023", "1–15 June 2023"),
    "published before Midsummer": ("ennen juhannusta 2023", "före midsommaren 2023", "before Midsummer 2023"),
    "Midsummer Day": ("24.6.2023", "24.6.2023", "24 June 2023"),
    "kick-off": ("12.9.2023 klo 10–16", "12.9.2023 kl. 10–16", "12 September 2023 10:00–16:00"),
    "workshop 1": ("10.10.2023 klo 9.00–11.30", "10.10.2023 kl. 9.00–11.30", "10 October 2023 9:00–11:30"),
    "workshop 2": ("22.11.2023 klo 9.00–11.30", "22.11.2023 kl. 9.00–11.30", "22 November 2023 9:00–11:30"),
    "coaching months": (
        "marraskuu 2023 – tammikuu 2024",
        "november 2023 – januari 2024",
        "November 2023 – January 2024",
    ),
    "closing event": ("1.2.2024 klo 10–16", "1.2.2024 kl. 10–16", "1 February 2024 10:00–16:00"),
    "Helsinki": ("Helsinki", "Helsingfors", "Helsinki"),
    "Teams": ("(Teams)", "(Teams)", "(Teams)"),
    "lectures and groups": (
        "Luentoja ja keskustelua pienryhmissä",
        "Föreläsningar och samtal i smågrupper",
        "Lectures and small-group discussion",
    ),
    "coaching on its own": (
        "Jokainen organisaatio saa sparrausta erikseen",
        "Varje organisation får sparring för sig",
        "Each organisation is coached on its own",
    ),
    "alumni meeting": (
        "Yksi alumnitapaaminen kaikille",
        "En alumnträff för alla",
        "One alumni meeting for all",
    ),
    "follow-up meeting": (
        "yksi seurantatapaaminen jokaiselle",
        "ett uppföljningsmöte för varje",
        "one follow-up meeting for each",
    ),
}

OFFER = {
    "benefit 1": (
        "valitussa rakentamisen pilottihankinnassa",
        "den valda pilotupphandlingen",
        "chosen pilot procurement",
    ),
    "benefit 2": ("Vahvempaa johtamista", "Starkare ledning", "Stronger leadership"),
    "benefit 3": (
        "löytämään hankintaryhmät",
        "hitta de upphandlingskategorier",
        "find the procurement categories",
    ),
    "benefit 4": (
        "Markkina-analyysi, markkinavuoropuhelu, elinkaari, kriteerit, sopimukset, mittarit ja seuranta",
        "Marknadsanalys, marknadsdialog, livscykel, kriterier, avtal, indikatorer och uppföljning",
        "Market analysis, market dialogue, life cycle, criteria, contracts, indicators and follow-up",
    ),
    "benefit 5": ("Verkoston", "Ett nätverk", "A network"),
    "asked 1": (
        "Haastattelemme organisaationne avainhenkilöitä",
        "Vi intervjuar nyckelpersoner",
        "We interview key people",
    ),
    "asked 2": ("Vastuuhenkilö", "En kontaktperson", "A contact person"),
    "asked 3": ("teette niihin kuuluvat tehtävät", "gör uppgifterna", "do the assignments"),
    "asked 4": ("annatte siitä tietoja", "lämnar uppgifter om den", "supply information about it"),
    "asked 5": (
        "kolmen asiantuntijan monialainen tiimi, esimerkiksi hankinta, ympäristö ja rakentaminen",
        "mångprofessionellt team på tre sakkunniga, till exempel inom upphandling, miljö och byggande",
        "multi-professional team of three experts, for example procurement, environment and construction",
    ),
    "criterion 1": (
        "Olette akatemian kohderyhmää",
        "Ni hör till akademins målgrupp",
        "You belong to the target group",
    ),
    "criterion 2": (
        "aiemmassa akatemiassa tai nimetyssä",
        "tidigare akademi vid centret eller i ett namngivet",
        "earlier academy of the centre or in a named",
    ),
    "criterion 3": (
        "sitouduttu johdossa asti",
        "ledningen har förbundit sig",
        "commitment to it at management level",
    ),
    "criterion 4": (
        "valmistelussa syksyllä 2023 tai alkuvuonna 2024",
        "under beredning hösten 2023 eller i början av 2024",
        "in preparation in autumn 2023 or early 2024",
    ),
    "criterion 5": (
        "jakamaan oppeja ja käytäntöjä ryhmässä",
        "dela med er av lärdomar och arbetssätt i gruppen",
        "share lessons and practices inside the group",
    ),
    "criterion 5, at home": (
        "tuloksista omassa organisaatiossanne",
        "resultaten i er egen organisation",
        "results in your own organisation",
    ),
    "criterion 6": ("koko ohjelman ajan", "under hela programmet", "during the whole programme"),
    "step 1": (
        "Kertokaa kiinnostuksesta lomakkeella",
        "Berätta om ert intresse på blanketten",
        "Tell of your interest by the form",
    ),
    "step 2": (
        "Varatkaa keskustelu kalenterista",
        "Boka ett samtal i kalendern",
        "Book a discussion from the calendar",
    ),
    "final decision": (
        "lopullisen päätöksen hakemisesta",
        "slutliga beslut om att ansöka",
        "final decision to apply",
    ),
    "confirmation": ("vahvistuksen valinnasta", "besked om ni har antagits", "confirmation of admission"),
}
