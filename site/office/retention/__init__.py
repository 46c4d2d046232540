"""How long things are kept, and how they are destroyed when their time is over.

classes: the terms; kinds: what the rooms say of their records; register: what is due; lists: who
proposes and approves; destroying: one record after the other, to be taken up again at any point;
journal: the log outside the database; replaying: what a restored backup brought back.
"""
