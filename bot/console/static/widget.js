const WORDS = /*WORDS*/ {};
